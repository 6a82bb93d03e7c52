import { damageReaders } from './fuzz.ts'

damageReaders(2, 4)
