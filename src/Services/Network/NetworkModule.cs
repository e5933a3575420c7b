using System.Security.Cryptography;
using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Kernel.Modules;
using Courier.Services.Customers;
using Courier.Services.Network.Codes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Courier.Services.Network;

/// <summary>Table of contents of the capability: outlets, lockers and their cells, and which of them are near.</summary>
public static class NetworkModule
{
    /// <summary>Registers the capability.</summary>
    public static ModuleRegistry AddNetwork(this ModuleRegistry modules)
    {
        TypeHandlers.AddEnum<CoverageKind>();
        TypeHandlers.AddEnum<CellSize>();
        TypeHandlers.AddEnum<CellState>();
        TypeHandlers.AddText<LockerCode>();
        modules.Options<NetworkOptions>("Network");
        modules.Services.TryAddSingleton(RandomNumberGenerator.Create());
        modules.Services.AddSingleton<OutletBook>().AddSingleton<NearestPlaces>().AddSingleton<OpenCodes>().AddSingleton<IPersonalData, NetworkPersonalData>();
        return modules
            .AtStart<LoadDemoNetwork>()
            .AtStart<LoadNearestPlaces>()
            .Job<EndReservations>("network.end_reservations", JobSchedule.Every(TimeSpan.FromMinutes(1)))
            .Reaction<CustomerMerged, MoveCodesWhenCustomersMerged>("network.move_codes")
            .Reaction<CustomerMergeUndone, MoveCodesBackWhenMergeUndone>("network.move_codes_back")
            .Job<PurgeCodes>("network.purge_codes", JobSchedule.At("0 5 4 * * ?"));
    }
}
