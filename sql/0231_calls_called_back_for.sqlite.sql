-- The call in which a call-back was promised; empty for other calls.
alter table calls_calls add column called_back_for text not null default '';
