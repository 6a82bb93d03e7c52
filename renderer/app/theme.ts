import {
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  type MantineThemeOverride,
} from '@mantine/core'

const teal: MantineColorsTuple = [
  '#eef6f5',
  '#d9ebe8',
  '#b3d7d1',
  '#88c1b8',
  '#5fada1',
  '#3d998c',
  '#2a8377',
  '#1f6f65',
  '#185a52',
  '#10443e',
]

const dark: MantineColorsTuple = [
  '#e3e9e7',
  '#c4ccca',
  '#9fadaa',
  '#7a8886',
  '#4b5856',
  '#2b3433',
  '#1e2626',
  '#151a1a',
  '#111616',
  '#0c1010',
]

const SANS = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif'
const MONO = 'ui-monospace, "SF Mono", "Cascadia Mono", "Segoe UI Mono", "Liberation Mono", Menlo, monospace'

/** The house's look in Mantine's terms: system type at 14 px, one muted teal, 6 px corners, an 8 px grid, no shadows. */
export const theme: MantineThemeOverride = createTheme({
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 6 },
  colors: { teal, dark },
  fontFamily: SANS,
  fontFamilyMonospace: MONO,
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '24px', xl: '28px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '4px', sm: '6px', md: '6px', lg: '6px', xl: '6px' },
  defaultRadius: 'sm',
  headings: {
    fontFamily: SANS,
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '28px' },
      h2: { fontSize: '16px', lineHeight: '24px' },
      h3: { fontSize: '14px', lineHeight: '20px' },
    },
  },
  shadows: { xs: 'none', sm: 'none', md: 'none', lg: 'none', xl: 'none' },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: { defaultProps: { size: 'xs' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    Modal: { defaultProps: { transitionProps: { duration: 100 }, centered: true } },
    Menu: { defaultProps: { transitionProps: { duration: 80 }, withinPortal: true, shadow: 'none' } },
    Tooltip: { defaultProps: { transitionProps: { duration: 80 }, openDelay: 300, multiline: true, maw: 320 } },
    Select: { defaultProps: { allowDeselect: false, comboboxProps: { transitionProps: { duration: 80 } } } },
  },
})

/** Mantine's semantic colours, taken from the tokens so that both speak one palette. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: semantic(),
  dark: semantic(),
})

function semantic(): Record<string, string> {
  return {
    '--mantine-color-body': 'var(--surface)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-bright': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-soft)',
    '--mantine-color-placeholder': 'var(--ink-soft)',
    '--mantine-color-anchor': 'var(--accent)',
    '--mantine-color-error': 'var(--loss)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--surface-hover)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-default-border': 'var(--line-strong)',
    '--mantine-color-disabled': 'var(--surface-sunk)',
    '--mantine-color-disabled-color': 'var(--ink-soft)',
    '--mantine-color-disabled-border': 'var(--line)',
    '--mantine-color-teal-text': 'var(--accent)',
    '--mantine-color-teal-light-color': 'var(--accent)',
    '--mantine-color-teal-light': 'var(--accent-soft)',
    '--mantine-color-teal-light-hover': 'var(--accent-soft)',
    '--mantine-color-red-light': 'var(--loss-soft)',
    '--mantine-color-red-light-color': 'var(--loss)',
    '--mantine-color-gray-light-color': 'var(--ink-soft)',
  }
}
