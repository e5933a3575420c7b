using Courier.Http;
using Courier.Kernel.Modules;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.CallCenter;

/// <summary>Table of contents of this face: what agents, supervisors, operators and administrators see.</summary>
public static class DeskModule
{
    /// <summary>Where the endpoints lie.</summary>
    public const string Prefix = "/api/desk/v1";

    /// <summary>Registers what the endpoints need.</summary>
    public static ModuleRegistry AddDesk(this ModuleRegistry modules)
    {
        modules.Services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, StaffCookieHandler>(Schemes.Staff, null);
        return modules;
    }

    /// <summary>Maps the endpoints and the page.</summary>
    public static IEndpointRouteBuilder MapDesk(this IEndpointRouteBuilder endpoints)
    {
        var desk = endpoints.MapGroup(Prefix);
        SessionEndpoints.Map(desk);
        AccountEndpoints.Map(desk);
        AuditEndpoints.Map(desk);
        DeadLetterEndpoints.Map(desk);
        WebhookEndpoints.Map(desk);
        NotificationEndpoints.Map(desk);
        ConversationEndpoints.Map(desk);
        IncidentEndpoints.Map(desk);
        CustomerEndpoints.Map(desk);
        OutletEndpoints.Map(desk);
        RateEndpoints.Map(desk);
        SegmentEndpoints.Map(desk);
        OrganisationEndpoints.Map(desk);
        RecordEndpoints.Map(desk);
        ImportEndpoints.Map(desk);
        DeskPage.Map(endpoints);
        return endpoints;
    }
}
