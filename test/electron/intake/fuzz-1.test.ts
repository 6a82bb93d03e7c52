import { damageReaders } from './fuzz.ts'

damageReaders(0, 4)
