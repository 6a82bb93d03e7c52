import { damageReaders } from './fuzz.ts'

damageReaders(3, 4)
