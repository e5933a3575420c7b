using Courier.Kernel.Data;
using Courier.Kernel.Events;
using Courier.Kernel.Jobs;
using Courier.Kernel.Modules;
using Courier.Services.Customers;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.Services.Knowledge;

/// <summary>Table of contents of the capability: what may be sent, frequent questions, and incidents.</summary>
public static class KnowledgeModule
{
    /// <summary>Registers the capability.</summary>
    public static ModuleRegistry AddKnowledge(this ModuleRegistry modules)
    {
        TypeHandlers.AddEnum<GoodsVerdict>();
        TypeHandlers.AddEnum<IncidentKind>();
        TypeHandlers.AddEnum<IncidentSeverity>();
        TypeHandlers.AddEnum<IncidentState>();
        TypeHandlers.AddEnum<IncidentTelling>();
        modules.Services.AddSingleton<KnowledgeIndex>().AddSingleton<IncidentBoard>().AddSingleton<IPersonalData, KnowledgePersonalData>();
        return modules
            .AtStart<LoadKnowledge>()
            .Reaction<IncidentAudienceWanted, FindIncidentAudience>("knowledge.find_incident_audience", DeliveryOrder.PerAggregate)
            .Reaction<CustomerMerged, RememberToldWhenCustomersMerged>("knowledge.remember_told")
            .Reaction<CustomerMergeUndone, RememberToldApartWhenMergeUndone>("knowledge.remember_apart")
            .Job<EndIncidents>("knowledge.end_incidents", JobSchedule.Every(TimeSpan.FromMinutes(1)));
    }
}
