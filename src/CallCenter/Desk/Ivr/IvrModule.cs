using Courier.CallCenter.Voice;
using Courier.Kernel.Jobs;
using Courier.Kernel.Modules;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.CallCenter.Ivr;

/// <summary>Table of contents: what callers hear and what they can do for themselves.</summary>
internal static class IvrModule
{
    /// <summary>Registers voice and flows.</summary>
    public static ModuleRegistry AddIvr(this ModuleRegistry modules)
    {
        modules.Options<PromptOptions>("CallCenter:Prompts");
        modules.Services.AddSingleton<Prompts>().AddSingleton<Recordings>().AddSingleton<Synthesizer>().AddSingleton<Clips>().AddSingleton<Announcer>();
        modules.Services.AddSingleton<DeedBook>().AddSingleton<ParcelTelling>().AddSingleton<AreaCodes>().AddSingleton<CallPrices>();
        AddDeeds(modules.Services);
        modules.Services.AddSingleton<LiveFlows>().AddSingleton<Flows>().AddSingleton<FlowEditions>().AddSingleton<ShowFlows>().AddSingleton<Rehearse>();
        modules.Services.AddSingleton<NodeCounts>().AddHostedService(p => p.GetRequiredService<NodeCounts>());
        return modules.AtStart<FirstFlows>().Job<PurgeNodeCounts>("ivr.purge_counts", JobSchedule.At("0 15 4 * * ?"));
    }

    /// <summary>Maps what the desk's page asks for.</summary>
    public static void MapIvr(this IEndpointRouteBuilder desk)
    {
        FlowEndpoints.Map(desk);
        PromptEndpoints.Map(desk);
    }

    private static void AddDeeds(IServiceCollection services) => services
        .AddSingleton<Deed, KnowCaller>().AddSingleton<Deed, AskTier>().AddSingleton<Deed, AskHours>().AddSingleton<Deed, AskIncidents>().AddSingleton<Deed, AskLastContact>()
        .AddSingleton<Deed, TellOwnParcels>().AddSingleton<Deed, TellParcelByNumber>().AddSingleton<Deed, TellParcelByTail>().AddSingleton<Deed, TellLockerCodes>()
        .AddSingleton<Deed, TellPrice>()
        .AddSingleton<Deed, OfferRecipients>().AddSingleton<Deed, OfferSlots>().AddSingleton<Deed, OfferPickup>().AddSingleton<Deed, BookPickup>()
        .AddSingleton<Deed, SendResult>().AddSingleton<Deed, Complain>().AddSingleton<Deed, Urge>().AddSingleton<Deed, KeepScore>();
}
