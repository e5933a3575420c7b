FROM node:20 AS pages
WORKDIR /customer
COPY src/Web/customer/package.json src/Web/customer/package-lock.json src/Web/customer/.npmrc ./
RUN npm ci
COPY src/Web/customer .
RUN npm run build

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
COPY --from=pages /customer/dist src/Web/customer/dist
RUN dotnet publish src/Host -c Release --use-current-runtime --no-self-contained -p:PublishReadyToRun=true -o /program

FROM mcr.microsoft.com/dotnet/aspnet:10.0
# The voice of the hotline's prompts.
RUN apt-get update && apt-get install -y --no-install-recommends espeak-ng sox && rm -rf /var/lib/apt/lists/*
WORKDIR /data
COPY --from=build /program /program
RUN chown app /data
USER app
ENV ASPNETCORE_ENVIRONMENT=Production ASPNETCORE_HTTP_PORTS=8080 Data__Directory=/data Management__Address=0.0.0.0 Management__Port=5081
VOLUME /data
EXPOSE 8080 5081
ENTRYPOINT ["dotnet", "/program/Courier.Host.dll"]
