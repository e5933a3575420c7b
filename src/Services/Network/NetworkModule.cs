using Courier.Kernel.Modules;

namespace Courier.Services.Network;

/// <summary>Table of contents of the capability: outlets, lockers, and which of them are near.</summary>
public static class NetworkModule
{
    /// <summary>Registers the capability.</summary>
    public static ModuleRegistry AddNetwork(this ModuleRegistry modules) => modules.AtStart<LoadDemoNetwork>();
}
