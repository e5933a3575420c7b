using Courier.Kernel.Modules;
using Microsoft.AspNetCore.Routing;

namespace Courier.MiniProgramApi;

/// <summary>Table of contents of this face.</summary>
public static class MiniProgramApiModule
{
    /// <summary>Registers what the endpoints need.</summary>
    public static ModuleRegistry AddMiniProgramApi(this ModuleRegistry modules) => modules;

    /// <summary>Maps the endpoints.</summary>
    public static IEndpointRouteBuilder MapMiniProgramApi(this IEndpointRouteBuilder endpoints) => endpoints;
}
