-- The call in which a call-back was promised; empty for other calls.
alter table calls_calls add column if not exists called_back_for varchar(32) character set ascii collate ascii_bin not null default '';
