using System.Net;
using Microsoft.Data.Sqlite;

namespace Courier.MiniProgramApi.Tests;

public sealed class PostingWhileTheDatabaseIsAway
{
    [Fact]
    public async Task A_batch_is_refused_with_a_time_to_come_again_and_taken_then()
    {
        var app = new ApiApp { CommandTimeout = "00:00:01" };
        await app.InitializeAsync();
        var number = await app.AParcel();
        var report = app.Event(number, "picked_up");
        await using (var other = new SqliteConnection($"Data Source={Path.Combine(app.App.DataDirectory, "courier.db")};Pooling=False"))
        {
            await other.OpenAsync();
            await using var held = other.BeginTransaction(); // nobody else can write now
            var refused = await app.Events(report);
            refused.ShouldBeRefused(HttpStatusCode.ServiceUnavailable, "server.database_away");
            refused.Headers.RetryAfter!.Delta.ShouldNotBeNull();
        }
        (await app.Events(report)).Json.GetProperty("accepted").GetInt32().ShouldBe(1);
        await app.DisposeAsync();
    }
}
