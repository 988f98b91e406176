-- Trials and past nights: each client has one at a time.
create unique index reconciliation_run_beside on reconciliation_run (client)
  where kind <> 'live' and status in ('queued', 'running');
