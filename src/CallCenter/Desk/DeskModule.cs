using Courier.CallCenter.Agents;
using Courier.CallCenter.Ivr;
using Courier.CallCenter.Phones;
using Courier.CallCenter.Records;
using Courier.CallCenter.Reports;
using Courier.CallCenter.Routing;
using Courier.CallCenter.Switch;
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
        return modules.AddIvr().AddRouting().AddSwitch();
    }

    /// <summary>Lets this process be called by telephone.</summary>
    /// <param name="modules">Where to register.</param>
    /// <param name="always">Also when neither a hotline nor a trunk is configured.</param>
    public static ModuleRegistry RunTelephone(this ModuleRegistry modules, bool always) => modules.RunSwitch(always);

    /// <summary>Maps what belongs to running calls, where they run.</summary>
    public static IEndpointRouteBuilder MapLive(this IEndpointRouteBuilder endpoints)
    {
        var desk = endpoints.MapGroup(Prefix);
        LiveEndpoints.Map(desk);
        LiveRoutingEndpoints.Map(desk);
        return endpoints;
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
        desk.MapIvr();
        PhoneEndpoints.Map(desk);
        CallEndpoints.Map(desk);
        QueueEndpoints.Map(desk);
        ReportEndpoints.Map(desk);
        DeskPage.Map(endpoints);
        return endpoints;
    }
}
