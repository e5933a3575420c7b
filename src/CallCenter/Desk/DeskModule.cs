using Courier.Kernel.Modules;
using Microsoft.AspNetCore.Routing;

namespace Courier.CallCenter;

/// <summary>Table of contents of this face.</summary>
public static class DeskModule
{
    /// <summary>Registers what the endpoints need.</summary>
    public static ModuleRegistry AddDesk(this ModuleRegistry modules) => modules;

    /// <summary>Maps the endpoints.</summary>
    public static IEndpointRouteBuilder MapDesk(this IEndpointRouteBuilder endpoints) => endpoints;
}
