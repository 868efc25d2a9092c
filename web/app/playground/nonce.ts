// GraphiQL's dialogs add a style element, which the content security policy allows only with the page's nonce. The
// library that adds it looks for the nonce under this name.
Object.assign(globalThis, { __webpack_nonce__: document.querySelector<HTMLMetaElement>('meta[name="nonce"]')?.content });
