using Microsoft.AspNetCore.Http;

namespace Courier.Wechat.Sandbox.Control;

/// <summary>Answers a request that cannot be done with its reason.</summary>
internal sealed class ControlErrors : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (ControlError error)
        {
            return Results.Json(new { error = error.Message }, JsonFields.Wire, statusCode: error.Status);
        }
        catch (FormatException error)
        {
            return Results.Json(new { error = error.Message }, JsonFields.Wire, statusCode: StatusCodes.Status400BadRequest);
        }
    }
}
