using System.Text.Json.Nodes;
using Courier.Kernel.Data;

namespace Courier.Services.Customers;

/// <summary>Everything that all capabilities keep about a customer.</summary>
public static class ExportCustomer
{
    /// <summary>One object: a member for each capability that keeps something, in its own form, decrypted.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="parts">All capabilities' parts, from the container.</param>
    /// <param name="customer">Whose.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<JsonObject> Execute(ISqlReader db, IEnumerable<IPersonalData> parts, CustomerId customer, CancellationToken ct)
    {
        var subject = await PersonalSubjects.Of(db, customer, null, ct).ConfigureAwait(false);
        var export = new JsonObject();
        foreach (var part in parts)
            if (await part.Export(db, subject, ct).ConfigureAwait(false) is { } kept) export[part.Name] = kept;
        return export;
    }
}
