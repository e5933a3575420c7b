using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers.Imports;
using Courier.Services.Staff;

namespace Courier.Services.Customers;

/// <summary>An agent puts a field of a customer's record right; the other systems learn of it.</summary>
public static class CorrectField
{
    /// <summary>Keeps the value as the agent's word of now, answers conflicts about the field, and tells the others (<see cref="CustomerCorrected"/>).</summary>
    /// <param name="db">The database.</param>
    /// <param name="keys">Seal the value.</param>
    /// <param name="clock">Now.</param>
    /// <param name="customer">Whose record.</param>
    /// <param name="field">Which field.</param>
    /// <param name="value">What is right.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="reason">Why; goes to the audit trail.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>False when there is no such customer.</returns>
    /// <exception cref="RuleBroken"><c>customer.field_invalid</c>: the field does not look like that.</exception>
    public static Task<bool> Execute(Db db, DataKeys keys, TimeProvider clock, CustomerId customer, CustomerField field, string value, StaffId by, string reason, CancellationToken ct) =>
        db.InTransaction(async tx =>
        {
            if (!await Apply(tx, keys, clock, customer, field, value, FieldOrigin.Agent, by, ct).ConfigureAwait(false)) return false;
            await Audit.Record(tx, clock, by, "customer.field_corrected", $"customer:{customer.Text}", $"{EnumText<CustomerField>.Of(field)}: {reason}", ct).ConfigureAwait(false);
            return true;
        }, ct);

    /// <summary>The change itself, in somebody's transaction: a customer's word that staff approve counts in the same way.</summary>
    internal static async Task<bool> Apply(
        Tx tx, DataKeys keys, TimeProvider clock, CustomerId customer, CustomerField field, string value, FieldOrigin origin, StaffId by, CancellationToken ct)
    {
        var (right, problem) = FieldRules.Read(field, value);
        if (right is null) throw new RuleBroken("customer.field_invalid", problem);
        // First, for it locks the customer: an import that looks at the record at the same moment waits.
        var version = await CustomerVersion.Next(tx, customer, ct).ConfigureAwait(false);
        if (version == 0) return false;
        var now = clock.GetUtcNow();
        var known = await CustomerFields.Find(tx, keys, customer, field, ct).ConfigureAwait(false);
        var replaced = known is { Origin: FieldOrigin.Import } ? CustomerFields.HashOf(keys, field, known.Value) : known?.ReplacedHash ?? "";
        await CustomerFields.Write(tx, keys, [(customer, new RecordedField { Field = field, Value = right, Origin = origin, Source = "", At = now, ReplacedHash = replaced })], ct).ConfigureAwait(false);
        await ImportConflicts.Answer(tx, keys, now, customer, field, right, by, ct).ConfigureAwait(false);
        await tx.Publish(new CustomerCorrected(customer, field, version), ct).ConfigureAwait(false);
        return true;
    }
}
