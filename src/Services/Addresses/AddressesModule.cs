using Courier.Kernel.Modules;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.Services.Addresses;

/// <summary>Table of contents of the capability: the divisions of China.</summary>
public static class AddressesModule
{
    /// <summary>Registers the capability.</summary>
    public static ModuleRegistry AddAddresses(this ModuleRegistry modules)
    {
        modules.Services.AddSingleton<Divisions>();
        return modules;
    }
}
