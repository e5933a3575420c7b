using Courier.Kernel.Modules;

namespace Courier.Services.Network;

/// <summary>Table of contents of the capability.</summary>
public static class NetworkModule
{
    /// <summary>Registers the capability.</summary>
    public static ModuleRegistry AddNetwork(this ModuleRegistry modules) => modules;
}
