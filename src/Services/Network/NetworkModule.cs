using Courier.Kernel.Data;
using Courier.Kernel.Modules;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.Services.Network;

/// <summary>Table of contents of the capability: outlets, lockers, and which of them are near.</summary>
public static class NetworkModule
{
    /// <summary>Registers the capability.</summary>
    public static ModuleRegistry AddNetwork(this ModuleRegistry modules)
    {
        TypeHandlers.AddEnum<CoverageKind>();
        modules.Services.AddSingleton<OutletBook>();
        return modules.AtStart<LoadDemoNetwork>();
    }
}
