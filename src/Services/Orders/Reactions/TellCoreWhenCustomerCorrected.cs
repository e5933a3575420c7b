using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Services.Customers;
using Courier.Services.Customers.Imports;
using Courier.Services.Orders.Webhooks;

namespace Courier.Services.Orders;

/// <summary>The other systems learn what was put right in a customer's record, with the customer's keys at each of them.</summary>
internal sealed class TellCoreWhenCustomerCorrected(DataKeys keys, PlanWebhooks webhooks) : IReaction<CustomerCorrected>
{
    public async Task Handle(Delivery<CustomerCorrected> delivery, Tx tx, CancellationToken ct)
    {
        var corrected = delivery.Event;
        if (await CustomerFields.Find(tx, keys, corrected.Customer, corrected.Field, ct).ConfigureAwait(false) is not { } field) return; // the person is erased
        var systems = await ImportLinks.Of(tx, corrected.Customer, ct).ConfigureAwait(false);
        var message = new CorrectionMessage(corrected.Customer, field.Field, field.Value, field.Origin, field.At, [.. systems.Select(s => new SystemKey(s.Source, s.ExternalId))]);
        await webhooks.Plan(tx, "customer.corrected.v1", corrected.Aggregate, corrected.Version, message, ct).ConfigureAwait(false);
    }

    private sealed record CorrectionMessage(CustomerId Customer, CustomerField Field, string Value, FieldOrigin SaidBy, DateTimeOffset At, IReadOnlyList<SystemKey> Systems);

    private sealed record SystemKey(string Source, string Id);
}
