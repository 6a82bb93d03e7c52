/**
 * A file's records and events lie in ranges of ids that its row names. These pieces of SQL read them by range; in each the
 * file stands as `f`, and the caller adds what it asks of it.
 */

/** The events of files, staged ones too: `… WHERE f.batch_id = ?`. */
export const FILE_EVENTS =
  'source_file f CROSS JOIN event e ON e.id BETWEEN f.event_first AND f.event_last AND e.file_id = f.id'

/** The records of files. */
export const FILE_RECORDS = 'source_file f CROSS JOIN raw_record r ON r.id BETWEEN f.record_first AND f.record_last'

/** The records that an event `e` was built from, one row each, as `r`. */
export const EVENT_RECORDS = `event e JOIN source_file f ON f.id = e.file_id JOIN json_each(e.rows) place
  JOIN raw_record r ON r.id = f.record_first + place.value`
