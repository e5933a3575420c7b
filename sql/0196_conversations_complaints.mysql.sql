-- For whom an open complaint is counted while a person has the conversation; empty for none. The count stays with the record that it began with.
alter table conversations_conversations add column complains_for char(32) character set ascii collate ascii_bin not null default '';
