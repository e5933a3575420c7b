using Courier.CallCenter.Journal;
using Courier.CallCenter.Phones;
using Courier.CallCenter.Records;
using Courier.CallCenter.Recording;
using Courier.CallCenter.Routing;
using Courier.CallCenter.Trunks;
using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Kernel.Modules;
using Courier.Services.Customers;
using Courier.Services.Customers.Timeline;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.CallCenter.Switch;

/// <summary>Table of contents of the telephone: calls, telephones, trunks, recordings, records.</summary>
internal static class SwitchModule
{
    /// <summary>Registers what belongs to it.</summary>
    public static ModuleRegistry AddSwitch(this ModuleRegistry modules)
    {
        TypeHandlers.AddEnum<CallDirection>();
        TypeHandlers.AddEnum<CallResult>();
        TypeHandlers.AddEnum<PartyRole>();
        TypeHandlers.AddEnum<PartyOutcome>();
        TypeHandlers.AddEnum<RecordingKind>();
        modules.Options<CallCenterOptions>("CallCenter");
        modules.Services
            .AddSingleton<Exchange>().AddSingleton<Calls>().AddSingleton<CallGround>().AddSingleton<HoldMusic>().AddSingleton<Door>().AddSingleton<Dialler>().AddSingleton<Transfers>()
            .AddSingleton<InboundProgram>().AddSingleton<PhoneCalls>().AddSingleton<OutgoingCalls>().AddSingleton<RecordingNotice>()
            .AddSingleton<LiveCommands>().AddSingleton<OtherSide>().AddSingleton<PhoneBook>()
            .AddSingleton<TrunkAddresses>().AddSingleton<TrunkBoard>().AddSingleton<OutboundRules>()
            .AddSingleton<Recordings>().AddSingleton<IJournalTaker, TakeRecordings>().AddSingleton<IJournalTaker, TakeCallNotes>().AddSingleton<IPersonalData, CallsPersonalData>()
            .AddSingleton<ITimelinePart, CallsOfATimeline>();
        return modules
            .AtStart<SeedDemoPhones>()
            .Reaction<CustomerMerged, MoveCallsWhenCustomersMerged>("calls.move_calls")
            .Reaction<CustomerMergeUndone, MoveCallsBackWhenMergeUndone>("calls.move_calls_back")
            .Job<PurgeRecordings>("calls.purge_recordings", JobSchedule.At("0 25 3 * * ?"));
    }

    /// <summary>Lets this process be called.</summary>
    /// <param name="modules">where to register</param>
    /// <param name="always">also when neither a hotline nor a trunk is configured</param>
    public static ModuleRegistry RunSwitch(this ModuleRegistry modules, bool always)
    {
        modules.RunRouting(); // before the telephone, so that it stops after it
        modules.Services.AddSingleton(new TelephoneWish(always)).AddHostedService<Telephone>();
        return modules;
    }
}

/// <summary>Whether the telephone is wanted even when nobody could call it yet.</summary>
internal sealed record TelephoneWish(bool Always);
