/**
 * The first of the wished locales that `Intl` takes, without what a system may hang on it (`en-US@posix`, `de_DE.UTF-8`);
 * American English where none is usable.
 */
export function usableLocale(wished: readonly string[]): string {
  for (const wish of wished) {
    const tag = wish.replace(/[@.].*$/, '').replaceAll('_', '-')
    try {
      const [locale] = Intl.getCanonicalLocales(tag)
      if (locale !== undefined) return locale
    } catch {
      // Not a language tag: the next wish may be one.
    }
  }
  return 'en-US'
}
