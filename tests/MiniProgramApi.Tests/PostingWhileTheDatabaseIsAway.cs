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

    [Fact]
    public async Task A_core_is_told_to_come_again_long_before_a_command_on_the_database_times_out()
    {
        new Carrier.CarrierOptions().Patience.ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(3));
        var app = new ApiApp { CommandTimeout = "00:05:00", Patience = "00:00:00.500" };
        await app.InitializeAsync();
        string? number = null;
        await Testing.Wait.Until(async () => (number = await TryAParcel(app)) is not null, "a waybill is taken");
        var report = app.Event(number!, "picked_up");
        await using (var other = new SqliteConnection($"Data Source={Path.Combine(app.App.DataDirectory, "courier.db")};Pooling=False"))
        {
            await other.OpenAsync();
            await using var held = other.BeginTransaction();
            var refused = await app.Events(report); // else the test's own client gives up, after 30 seconds
            refused.ShouldBeRefused(HttpStatusCode.ServiceUnavailable, "server.database_away");
            refused.Headers.RetryAfter!.Delta.ShouldNotBeNull();
        }
        await Testing.Wait.Until(async () => (await app.Events(report)) is { Status: HttpStatusCode.OK } taken
            && taken.Json.GetProperty("accepted").GetInt32() + taken.Json.GetProperty("duplicates").GetInt32() == 1, "the batch is taken once the database is back");
        await app.DisposeAsync();
    }

    // On a busy machine even half a second may be too short for the first batch.
    private static async Task<string?> TryAParcel(ApiApp app)
    {
        var number = app.NewNumber();
        var answer = await app.Post("waybills", System.Text.Json.JsonSerializer.Serialize(new { waybills = new[] { ApiApp.Waybill(number) } }));
        return answer.Status == HttpStatusCode.OK ? number : null;
    }
}
