-- Only SQLite keeps wide rows badly under a text key: here nothing changes.
do 0;
