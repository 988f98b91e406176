/** A thread that judges its share of the pairs. */
import { parentPort, workerData } from 'node:worker_threads'
import { judgeShare } from './judge.ts'

parentPort?.postMessage(judgeShare(workerData))
