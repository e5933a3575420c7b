using Courier.Kernel.Modules;
using Microsoft.AspNetCore.Routing;

namespace Courier.WechatGateway;

/// <summary>Table of contents of this face.</summary>
public static class WechatGatewayModule
{
    /// <summary>Registers what the endpoints need.</summary>
    public static ModuleRegistry AddWechatGateway(this ModuleRegistry modules) => modules;

    /// <summary>Maps the endpoints.</summary>
    public static IEndpointRouteBuilder MapWechatGateway(this IEndpointRouteBuilder endpoints) => endpoints;
}
