namespace Courier.Host.Pages;

/// <summary>Table of contents: what is registered so that the customers' pages are served.</summary>
internal static class PagesModule
{
    /// <summary>Registers them.</summary>
    /// <param name="services">The services.</param>
    /// <param name="options">Section <c>Pages</c>.</param>
    /// <param name="facts">What the pages are told about where they are.</param>
    /// <param name="build">Does this process build them when they are missing?</param>
    public static void AddPages(this IServiceCollection services, PagesOptions options, SiteFacts facts, bool build)
    {
        services.AddSingleton(facts).AddSingleton(PageSources.Of(options)).AddSingleton<PageBuildState>().AddSingleton<CustomerPages>();
        if (build && options.Build) services.AddHostedService<PageBuilder>();
    }
}
