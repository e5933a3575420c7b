using System.Collections.Concurrent;
using System.Text;
using Courier.Http;
using Courier.Services.Insight;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.MiniProgramApi;

/// <summary>Counts each use of a named endpoint of the customer API: what, over which channel, where it began and was asked, how long it took; never who.</summary>
internal static class CountUse
{
    private const string SourceHeader = "X-Courier-From", PageHeader = "X-Courier-Page";

    private static readonly ConcurrentDictionary<string, string> Actions = new(StringComparer.Ordinal);

    /// <summary>Around the endpoint's own work; requests that never reach it are no use of it.</summary>
    public static async ValueTask<object?> Around(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        var (usage, clock) = (context.RequestServices.GetRequiredService<UsageEvents>(), context.RequestServices.GetRequiredService<TimeProvider>());
        var (begin, outcome) = (clock.GetTimestamp(), UsageOutcome.Failed);
        try
        {
            var result = await next(invocation).ConfigureAwait(false);
            outcome = (result as IStatusCodeHttpResult)?.StatusCode is { } status ? OutcomeOf(status) : UsageOutcome.Done;
            return result;
        }
        catch (Exception e) when (e is Kernel.RuleBroken or BadInput or BadHttpRequestException)
        {
            outcome = UsageOutcome.Refused;
            throw;
        }
        finally
        {
            if (context.GetEndpoint()?.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName is { } name)
                usage.Count(Actions.GetOrAdd(name, Snake), ChannelOf(context.Request), context.Request.Headers[SourceHeader].ToString(), context.Request.Headers[PageHeader].ToString(), clock.GetElapsedTime(begin), outcome);
        }
    }

    private static UsageOutcome OutcomeOf(int status) => status switch
    {
        >= 500 => UsageOutcome.Failed,
        >= 400 => UsageOutcome.Refused,
        _ => UsageOutcome.Done,
    };

    private static UsageChannel ChannelOf(HttpRequest request) =>
        request.Headers.Authorization.Count > 0 ? UsageChannel.MiniProgram : CustomerCookie.Read(request) is not null ? UsageChannel.H5 : UsageChannel.Guest;

    private static string Snake(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        foreach (var c in name)
        {
            if (char.IsUpper(c) && text.Length > 0) text.Append('_');
            text.Append(char.ToLowerInvariant(c));
        }
        return text.ToString();
    }
}
