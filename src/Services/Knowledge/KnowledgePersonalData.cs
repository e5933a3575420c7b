using System.Text.Json.Nodes;
using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Knowledge;

/// <summary>Which incidents a customer was told of.</summary>
internal sealed class KnowledgePersonalData : IPersonalData
{
    private const string Told =
        """
        select i.title
        from knowledge_incident_audience a
        join knowledge_incidents i on i.id = a.incident_id
        where a.customer in @customers
        order by i.id
        """;

    public string Name => "knowledge";

    public IReadOnlyCollection<string> Tables => ["knowledge_incident_audience"];

    public async Task<JsonNode?> Export(ISqlReader db, PersonalSubject subject, CancellationToken ct)
    {
        var titles = await db.Query<string>(Told, new { customers = subject.CustomerList() }, ct).ConfigureAwait(false);
        return titles.Count == 0 ? null : new JsonArray([.. titles.Select(t => new JsonObject { ["toldOfIncident"] = t })]);
    }

    public async Task<long> Erase(Tx tx, PersonalSubject subject, ErasureScope what, CancellationToken ct) => what.IsEverything
        ? await tx.Execute("delete from knowledge_incident_audience where customer in @customers", new { customers = subject.CustomerList() }, ct).ConfigureAwait(false)
        : 0;
}
