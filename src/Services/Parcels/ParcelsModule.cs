using Courier.Kernel.Modules;

namespace Courier.Services.Parcels;

/// <summary>Table of contents of the capability.</summary>
public static class ParcelsModule
{
    /// <summary>Registers the capability.</summary>
    public static ModuleRegistry AddParcels(this ModuleRegistry modules)
    {
        modules.Options<ParcelsOptions>("Parcels");
        return modules;
    }
}
