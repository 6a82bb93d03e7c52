/**
 * A name in lower-case Latin letters, digits and hyphens, at most 60 long; empty where nothing of it is left. Files that
 * the page hands over are named so, because a browser without a locale drops a name with any other letter.
 */
export const plainFileName = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f’']/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
