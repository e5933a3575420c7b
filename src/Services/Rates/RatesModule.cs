using Courier.Kernel.Data;
using Courier.Kernel.Modules;

namespace Courier.Services.Rates;

/// <summary>Table of contents of the capability: products, rate cards, quotes, what packing needs.</summary>
public static class RatesModule
{
    /// <summary>Registers the capability.</summary>
    public static ModuleRegistry AddRates(this ModuleRegistry modules)
    {
        TypeHandlers.AddText<QuoteId>();
        modules.Options<RatesOptions>("Rates");
        return modules;
    }
}
