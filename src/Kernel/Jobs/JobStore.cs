using Courier.Kernel.Data;
using Microsoft.Data.Sqlite;
using Quartz;

namespace Courier.Kernel.Jobs;

/// <summary>
/// Where Quartz keeps schedules: on MariaDB/MySQL in the main database, clustered, so that a job runs once over all processes;
/// with SQLite in a file of its own, so that its ticks never wait for the writer of the main file.
/// </summary>
internal static class JobStore
{
    public static void Configure(IQuartzBuilder quartz, DatabaseOptions database, JobOptions jobs, string dataDirectory)
    {
        quartz.UseDefaultThreadPool(jobs.Threads);
        quartz.ConfigureScheduler(o =>
        {
            o.InstanceName = "courier";
            o.GenerateInstanceId = true;
            o.ShutdownJobInterruption = ShutdownJobInterruption.Never; // RegisteredJob has its own patience
            o.PropagateTraceContext = false;
        });
        quartz.UsePersistentStore(store =>
        {
            store.UseSystemTextJsonSerializer();
            store.ProvisionSchema();
            // Ticks that were missed for longer than this are skipped, not made up for in a burst.
            store.ConfigureStore(o => o.MisfireThreshold = TimeSpan.FromSeconds(2));
            UseDatabase(store, database, jobs, dataDirectory);
        });
    }

    private static void UseDatabase(IPersistentStoreBuilder store, DatabaseOptions database, JobOptions jobs, string dataDirectory)
    {
        switch (database.Provider)
        {
            case DatabaseProvider.Sqlite:
                store.UseSqlite(SqliteFactory.Instance, SqliteFile(dataDirectory));
                break;
            case DatabaseProvider.MySql:
                store.UseMySql(MySqlDialect.Factory, MySqlDialect.Complete(database.ConnectionString, pooling: true));
                store.UseClustering(o =>
                {
                    o.CheckinInterval = jobs.CheckIn;
                    o.CheckinMisfireThreshold = jobs.CheckIn * 2;
                });
                break;
        }
    }

    private static string SqliteFile(string dataDirectory)
    {
        Directory.CreateDirectory(dataDirectory);
        var file = new SqliteConnectionStringBuilder { DataSource = Path.Combine(dataDirectory, "quartz.db"), Cache = SqliteCacheMode.Private };
        using var connection = new SqliteConnection(file.ToString());
        connection.Open();
        using var wal = connection.CreateCommand();
        wal.CommandText = "pragma journal_mode = wal"; // stays with the file
        wal.ExecuteNonQuery();
        return file.ToString();
    }
}
