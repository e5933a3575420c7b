using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Kernel.Modules;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.Services.Lanes;

/// <summary>Table of contents of the capability: how long parcels take between places.</summary>
public static class LanesModule
{
    /// <summary>Registers the capability.</summary>
    public static ModuleRegistry AddLanes(this ModuleRegistry modules)
    {
        TypeHandlers.AddEnum<LaneStage>();
        TypeHandlers.AddEnum<LaneMeasure>();
        modules.Options<LanesOptions>("Lanes");
        modules.Services.AddSingleton<LaneStatistics>();
        return modules
            .AtStart<LoadDemoLanes>()
            .BatchReaction<LaneRunFinished, KeepFinishedRuns>("lanes.keep_runs", size: 500)
            .Job<LearnFromRuns>("lanes.learn", JobSchedule.At("0 25 * * * ?"));
    }
}
