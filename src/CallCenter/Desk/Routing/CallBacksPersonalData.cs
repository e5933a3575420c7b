using System.Text.Json.Nodes;
using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.CallCenter.Routing;

/// <summary>Who asked to be called back. The number lies here only until it was reached or given up.</summary>
internal sealed class CallBacksPersonalData : IPersonalData
{
    private const string Asked = "select asked_at as At, queue as Queue, state as State from calls_callbacks where customer_id in @customers or phone_hash in @phones order by asked_at";

    public string Name => "call_backs";

    public IReadOnlyCollection<string> Tables => ["calls_callbacks"];

    public async Task<JsonNode?> Export(ISqlReader db, PersonalSubject subject, CancellationToken ct)
    {
        var rows = await db.Query<Row>(Asked, new { customers = subject.CustomerList(), phones = subject.PhoneHashList() }, ct).ConfigureAwait(false);
        return rows.Count == 0 ? null : new JsonArray([.. rows.Select(r => new JsonObject { ["at"] = r.At, ["queue"] = r.Queue, ["state"] = r.State })]);
    }

    public async Task<long> Erase(Tx tx, PersonalSubject subject, ErasureScope what, CancellationToken ct) => !what.IsEverything ? 0 : await tx.Execute(
        "delete from calls_callbacks where customer_id in @customers or phone_hash in @phones", new { customers = subject.CustomerList(), phones = subject.PhoneHashList() }, ct).ConfigureAwait(false);

    private sealed record Row
    {
        public required DateTimeOffset At { get; init; }
        public required string Queue { get; init; }
        public required string State { get; init; }
    }
}
