using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Kernel.Modules;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.Services.Rates;

/// <summary>Table of contents of the capability: products, rate cards, quotes, what packing needs.</summary>
public static class RatesModule
{
    /// <summary>Registers the capability.</summary>
    public static ModuleRegistry AddRates(this ModuleRegistry modules)
    {
        TypeHandlers.AddText<QuoteId>();
        TypeHandlers.AddEnum<CardState>();
        modules.Options<RatesOptions>("Rates");
        modules.Services.AddSingleton<RateBook>().AddSingleton<PackingGuide>().AddSingleton<RatesInbox>();
        return modules
            .AtStart<LoadFirstCard>()
            .BatchReaction<QuoteAccepted, KeepAcceptedQuotes>("rates.keep_accepted", size: 200)
            .Job<TakeRateFiles>("rates.take_files", JobSchedule.Every(TimeSpan.FromSeconds(10)))
            .Job<ForgetQuotes>("rates.forget_quotes", JobSchedule.At("0 40 * * * ?"));
    }
}
