'use client';

import { useEffect } from 'react';

/**
 * What had the focus may go away: a form that was answered, a page that was left. Then the nearest part around it that is
 * still there takes the focus, so that the keyboard does not begin anew at the top of the window.
 */
export function KeepFocus() {
  useEffect(() => {
    let around: Element[] = [];

    function remember({ target }: FocusEvent) {
      around = [];
      for (let part = target instanceof Element ? target : null; part; part = part.parentElement)
        around.push(part);
    }

    function recover() {
      if (around[0]?.isConnected !== false || document.activeElement !== document.body) return;
      const part = around.find((candidate) => candidate.isConnected && candidate !== document.body);
      around = [];
      if (!(part instanceof HTMLElement) || !part.closest('main')) return;
      if (!part.hasAttribute('tabindex')) part.tabIndex = -1;
      part.focus({ preventScroll: true });
    }

    const observer = new MutationObserver(recover);
    observer.observe(document.body, { childList: true, subtree: true });
    document.addEventListener('focusin', remember);
    return () => {
      observer.disconnect();
      document.removeEventListener('focusin', remember);
    };
  }, []);
  return null;
}
