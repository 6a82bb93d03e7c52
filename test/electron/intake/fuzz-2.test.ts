import { damageReaders } from './fuzz.ts'

damageReaders(1, 4)
