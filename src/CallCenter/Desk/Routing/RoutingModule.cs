using Courier.CallCenter.Agents;
using Courier.CallCenter.Journal;
using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Kernel.Modules;
using Courier.Services.Customers;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.CallCenter.Routing;

/// <summary>Table of contents: queues, agents, and the journal in which calls are told.</summary>
internal static class RoutingModule
{
    public static ModuleRegistry AddRouting(this ModuleRegistry modules)
    {
        TypeHandlers.AddEnum<AgentState>();
        TypeHandlers.AddEnum<NotReadyReason>();
        TypeHandlers.AddEnum<QueueLeft>();
        TypeHandlers.AddEnum<CallBackState>();
        modules.Services
            .AddSingleton<CallJournal>()
            .AddSingleton<IJournalTaker, KeepAgentTimes>()
            .AddSingleton<IJournalTaker, KeepAgentWishes>()
            .AddSingleton<IJournalTaker, KeepEntries>()
            .AddSingleton<IJournalTaker, KeepCallBacks>()
            .AddSingleton<AgentTimes>()
            .AddSingleton<AgentBoard>()
            .AddSingleton<QueueBook>()
            .AddSingleton<EntryLog>()
            .AddSingleton<CallQueues>()
            .AddSingleton<TellCaller>()
            .AddSingleton<CallBacks>()
            .AddSingleton<CallBackLeases>()
            .AddSingleton<QueueProgram>()
            .AddSingleton<QueueGauges>()
            .AddSingleton<RoutingClock>()
            .AddSingleton<RoutingData>()
            .AddSingleton<IPersonalData, CallBacksPersonalData>();
        return modules
            .AtStart<SeedQueues>()
            .Job<CloseLostEntries>(CloseLostEntries.JobName, JobSchedule.Every(TimeSpan.FromMinutes(1)));
    }

    /// <summary>Runs queues and agents in this process: where the calls are.</summary>
    public static void RunRouting(this ModuleRegistry modules) => modules.Services
        .AddHostedService(p => p.GetRequiredService<RoutingClock>())
        .AddHostedService(p => p.GetRequiredService<RoutingData>());
}
