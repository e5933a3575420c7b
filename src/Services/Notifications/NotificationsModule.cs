using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Kernel.Jobs;
using Courier.Kernel.Modules;
using Courier.Services.Conversations;
using Courier.Services.Customers;
using Courier.Services.Knowledge;
using Courier.Services.Orders;
using Courier.Services.Orders.Weighing;
using Courier.Services.Parcels;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.Services.Notifications;

/// <summary>Table of contents of the capability: what is told to whom, when, over which channel, and the ledger of every send.</summary>
public static class NotificationsModule
{
    /// <summary>The job that sends.</summary>
    public const string SendJob = "notifications.send";

    /// <summary>Registers the capability.</summary>
    public static ModuleRegistry AddNotifications(this ModuleRegistry modules)
    {
        TypeHandlers.AddEnum<NotificationKind>();
        TypeHandlers.AddEnum<NotificationState>();
        TypeHandlers.AddEnum<SendState>();
        modules.Options<NotificationsOptions>("Notifications");
        TypeHandlers.AddEnum<PreferenceSource>();
        modules.Services.AddScoped<SendOne>().AddScoped<SendPortion>().AddScoped<Merging>().AddScoped<IncidentLines>();
        modules.Services.AddSingleton<IChannel, SmsChannel>().AddSingleton<ShortMessages>();
        modules.Services.AddSingleton<IPersonalData, NotificationsPersonalData>();
        return modules
            .BatchReaction<ParcelStatusChanged, PlanParcelNotifications>("notifications.plan_parcel", order: DeliveryOrder.LatestWins)
            .BatchReaction<ParcelLateExpected, PlanParcelWarnings>("notifications.plan_warning", order: DeliveryOrder.PerAggregate)
            .BatchReaction<ParcelLateRecovered, DropParcelWarnings>("notifications.drop_warning")
            .BatchReaction<ConversationAnswered, PlanAnswers>("notifications.plan_answer", order: DeliveryOrder.PerAggregate)
            .BatchReaction<IncidentAudienceFound, PlanIncidentNotifications>("notifications.plan_incident", size: 10)
            .Reaction<OrderCellLost, TellWhenCellLost>("notifications.tell_cell_lost")
            .Reaction<ParcelWeighed, TellWhenParcelWeighed>("notifications.tell_weighed")
            .Reaction<CustomerMerged, KeepTellingWhenCustomersMerged>("notifications.keep_telling")
            .Reaction<CustomerMergeUndone, TellApartWhenMergeUndone>("notifications.tell_apart")
            .Job<SendNotifications>(SendJob, JobSchedule.Every(TimeSpan.FromSeconds(1)))
            .Job<PurgeNotifications>("notifications.purge", JobSchedule.At("0 40 3 * * ?"));
    }
}
