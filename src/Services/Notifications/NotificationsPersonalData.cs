using System.Text.Json.Nodes;
using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Notifications;

/// <summary>What customers were told, and how it was sent.</summary>
internal sealed class NotificationsPersonalData(DataKeys keys) : IPersonalData
{
    private const string Told =
        "select planned_at as At, kind as Kind, text_cipher as Cipher, state as State, channel as Channel from notifications_messages where customer in @customers order by planned_at";

    private const string Theirs = "select id from notifications_messages where customer in @customers or (only_app_id in @apps and only_address in @openIds)";

    public string Name => "notifications";

    public IReadOnlyCollection<string> Tables => ["notifications_messages", "notifications_preferences"];

    public async Task<JsonNode?> Export(ISqlReader db, PersonalSubject subject, CancellationToken ct)
    {
        var rows = await db.Query<Row>(Told, new { customers = subject.CustomerList() }, ct).ConfigureAwait(false);
        return rows.Count == 0 ? null : new JsonArray([.. rows.Select(r => new JsonObject
        {
            ["at"] = r.At, ["kind"] = r.Kind, ["text"] = keys.Decrypt(r.Cipher), ["state"] = r.State, ["channel"] = r.Channel,
        })]);
    }

    public async Task<long> Erase(Tx tx, PersonalSubject subject, ErasureScope what, CancellationToken ct)
    {
        if (!what.IsEverything) return 0;
        var args = new { customers = subject.CustomerList(), apps = subject.AppIdList(), openIds = subject.OpenIdList() };
        var ids = await tx.Query<string>(Theirs, args, ct).ConfigureAwait(false);
        var erased = (long)await tx.Execute("delete from notifications_preferences where customer in @customers", new { args.customers }, ct).ConfigureAwait(false);
        foreach (var portion in ids.Chunk(500)) erased += await Delete(tx, portion, ct).ConfigureAwait(false);
        return erased;
    }

    private static async Task<long> Delete(Tx tx, string[] ids, CancellationToken ct) =>
        await tx.Execute("delete from notifications_sends where message_id in @ids", new { ids }, ct).ConfigureAwait(false)
        + await tx.Execute("delete from notifications_messages where id in @ids", new { ids }, ct).ConfigureAwait(false);

    private sealed record Row
    {
        public required DateTimeOffset At { get; init; }
        public required string Kind { get; init; }
        public required string Cipher { get; init; }
        public required string State { get; init; }
        public required string Channel { get; init; }
    }
}
