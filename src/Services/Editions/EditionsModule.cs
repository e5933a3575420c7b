using Courier.Kernel.Data;
using Courier.Kernel.Modules;

namespace Courier.Services.Editions;

/// <summary>Table of contents of the capability: how contents that customers meet are written, reviewed and published.</summary>
public static class EditionsModule
{
    /// <summary>Registers the capability.</summary>
    public static ModuleRegistry AddEditions(this ModuleRegistry modules)
    {
        TypeHandlers.AddEnum<EditionState>();
        TypeHandlers.AddEnum<EditionOrigin>();
        return modules;
    }
}
