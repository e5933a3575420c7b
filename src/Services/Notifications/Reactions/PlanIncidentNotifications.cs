using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Kernel.Jobs;
using Courier.Services.Customers;
using Courier.Services.Knowledge;

namespace Courier.Services.Notifications;

/// <summary>An incident affects parcels of these customers: each is told, once an incident. Whose quiet hours count is known when it is sent.</summary>
internal sealed class PlanIncidentNotifications(DataKeys keys, IJobAlarm alarm, TimeProvider clock) : IBatchReaction<IncidentAudienceFound>
{
    public Task Handle(IReadOnlyList<Delivery<IncidentAudienceFound>> batch, Tx tx, CancellationToken ct)
    {
        var planned = batch.Select(d => d.Event).SelectMany(found => found.Customers.Select(customer => Plan(found, customer)));
        return PlanNotification.Execute(tx, keys, alarm, clock, [.. planned], ct);
    }

    private static PlannedNotification Plan(IncidentAudienceFound found, CustomerId customer) => new(
        customer, NotificationKind.Incident, "incident:" + found.IncidentId, Texts.Incident(found.Line), TemplateKind: null, TemplateData: null, Url: null,
        OrderKey: "incident:" + found.IncidentId, OrderVersion: 1, OnlyAppId: null, OnlyAddress: null);
}
